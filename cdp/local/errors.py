"""What can go wrong on the way to a running copy; each text is a sentence for the person at the keyboard."""


class LocalError(Exception):
    """A step of starting or stopping this copy failed; the message says which and what to do."""


class ServiceDidNotStart(LocalError):
    """A server exited or stayed silent; the end of its log is part of the message."""


class PortInUse(LocalError):
    """Somebody else listens on the port we were to use."""
