"""The command line: arguments, printing and exit codes, in one file per command."""
