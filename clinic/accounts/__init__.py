"""Who may sign in: accounts, roles, sessions and the audit log."""
