"""Whose account, and how one enters: sign-in, second factor, devices, invitations."""
