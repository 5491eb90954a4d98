"""Reference data that comes with the library; README.md beside it says where it is from."""
