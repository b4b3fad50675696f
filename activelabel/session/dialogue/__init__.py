"""Cards for programs: messages in and out, and the card that is held between them."""
