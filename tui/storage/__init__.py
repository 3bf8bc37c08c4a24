"""The state file, its writer, the YAML people write, and where all of it lies."""
