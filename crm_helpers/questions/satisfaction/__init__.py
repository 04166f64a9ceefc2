"""How satisfied customers are, what drives it, what they talk about."""
