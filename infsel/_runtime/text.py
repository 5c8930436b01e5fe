"""What comes from files and users, made fit for a terminal."""


def printable(text: object) -> str:
    r"""The text with everything that a terminal might obey, not show, escaped as `repr` does.

    Control characters, line breaks, marks that change the direction of writing and bytes that are no text.

    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in str(text))
