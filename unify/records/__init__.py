"""Keeping what matching sees of each customer: its record and its rows in the index of keys.

A record is made from one version of an active customer and its contact points. After a verb has changed a
few customers, their records are made again right after its commit, in the same process; what comes by the
thousand (imports, bulk verbs) is picked up by a job every few minutes, by a window over the customers' time
of change. Each run begins with that window, and a deep run compares the versions of all, so that nothing is
ever missed.
"""
