"""Demo callers and agents: a process of its own that reaches the server through its ports."""
