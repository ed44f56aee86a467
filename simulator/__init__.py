"""An offline server of the Chat Completions API: it answers over the same wire and always says that it is a simulator."""
