"""Names for facts and questions: given, or made from the subject."""

import re
import unicodedata

_FIRST_WORDS = 6  # enough to tell plain facts apart, few enough to survive an edit of the end


def slug(text: str, whole: bool = True) -> str:
    """Lower case words joined by hyphens; letters of any script stay, accents go."""
    flat = unicodedata.normalize("NFKD", text)
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", flat).lower())
    return "-".join(words if whole else words[:_FIRST_WORDS]) or "x"


def is_slug(text: str) -> bool:
    """Words of lower case letters and digits of any script, one hyphen between two."""
    return text == text.lower() and all(word.isalnum() for word in text.split("-"))
