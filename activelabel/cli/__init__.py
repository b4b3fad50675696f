"""The command line: options, keys, colours, exit codes."""
