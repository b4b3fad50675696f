"""How good labels and model are: judged by the audit answers, as arrays for the report."""
