"""What organisers do with an edition: create, plan, furnish, staff it."""
