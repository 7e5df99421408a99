"""The arithmetic of budgets: periods, pacing, what the dispatcher is told."""
