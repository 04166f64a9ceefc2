"""Effects of contacts, which acquisition and retention share: contacts -> numbers, sections."""
