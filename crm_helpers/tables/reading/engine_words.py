"""What an engine says of its trouble -> its first sentence."""


def first_line(error: BaseException) -> str:
    """First sentence of an engine's message, without its hints."""
    lines = [line.strip() for line in str(error).strip().partition("\n\n")[0].splitlines()]
    if not lines:
        return type(error).__name__ + "."
    if "CSV Error on Line" in lines[0]:  # what is wrong stands under the line itself
        lines[0] = ": ".join([lines[0], *lines[2:3]])
    return lines[0].rstrip(".") + "."
