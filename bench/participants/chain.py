"""What products.mjs says of a chain, for participants written in Python."""


def operands(chain, matrix):
    """The first left operand of a chain, and its right operands, which take turns; matrix(height, width) makes one."""
    rows, width = chain["rows"], chain["width"]
    others = [(rows, rows), (width, width)] if chain["kind"] == "TN" else [(width, width)]
    return matrix(rows, width), [matrix(*shape) for shape in others]
