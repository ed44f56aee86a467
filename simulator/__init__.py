"""An offline server of the Chat Completions API: the same wire, and it always says that it is a simulator."""
