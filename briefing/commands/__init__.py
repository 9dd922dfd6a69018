"""One module per command, each with a click command named ``command``; imported when the command runs."""
