"""Many returns together: tables over areas, comparison, and what of it may be published."""
