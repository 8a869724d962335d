"""The command line: a function here is its options, one call downwards, and a print."""
