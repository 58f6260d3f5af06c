"""WordPress's filter for markup that may be hostile: allowed elements, attributes, protocols and CSS."""


def clean_attribute(attribute: str, element: str) -> str:
    """An attribute as this element may carry it, "" if it may not."""
    return "" if attribute and element else attribute
