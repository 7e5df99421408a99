"""Writing what a chunk has decided: COPY into temporary tables, then set-wise SQL.

COPY is refused on tables with row security, hence the detour.
"""
