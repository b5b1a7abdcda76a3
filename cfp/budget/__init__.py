"""The money ahead: costs, income, the cash from day to day, and what prices do to it."""
