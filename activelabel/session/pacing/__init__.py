"""A person's time: the pace of answers, what a session is to reach, and when it ends."""
