"""The parts of the command line: what it prints, counts and writes. `maturity.cli` uses them."""
