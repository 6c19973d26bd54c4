"""From what people answered to what they have to read again."""
