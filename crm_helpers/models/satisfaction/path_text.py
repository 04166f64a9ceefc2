"""Path models in words: "quality: PERQ1 PERQ2" and "quality -> value" -> blocks and arrows."""


def path_blocks(texts: list[str]) -> dict[str, list[str]]:
    """Items of each block.

    Parameters
    ----------
    texts : list of str
        As "quality: PERQ1 PERQ2".

    Raises
    ------
    ValueError
        If a text has no name, no colon or no item, or a name stands twice.

    Examples
    --------
    >>> path_blocks(["value: PERV1 PERV2"])
    {'value': ['PERV1', 'PERV2']}
    """
    blocks: dict[str, list[str]] = {}
    for text in texts:
        name, _, items = text.partition(":")
        name, names = name.strip(), items.replace(",", " ").split()
        if not name or not names or name in blocks:
            raise ValueError(
                f"path_blocks: found '{text}'; expected a new name, a colon and its questions. "
                'Write for example "quality: PERQ1 PERQ2".'
            )
        blocks[name] = names
    return blocks


def path_arrows(texts: list[str]) -> list[tuple[str, str]]:
    """Cause and effect of each arrow.

    Parameters
    ----------
    texts : list of str
        As "quality -> value".

    Raises
    ------
    ValueError
        If a text does not have one arrow between two names.

    Examples
    --------
    >>> path_arrows(["quality -> value"])
    [('quality', 'value')]
    """
    arrows = []
    for text in texts:
        ends = [end.strip() for end in text.split("->")]
        if len(ends) != 2 or not all(ends) or ends[0] == ends[1]:
            raise ValueError(
                f"path_links: found '{text}'; expected two blocks with an arrow between them. "
                'Write for example "quality -> value".'
            )
        arrows.append((ends[0], ends[1]))
    return arrows
