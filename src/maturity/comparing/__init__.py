"""Compare two versions of a rubric, and carry answers from one over to the other."""
