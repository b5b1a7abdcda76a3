"""The pages of the treasurer, by endpoint."""

BILLING = (
    "billing.bank",
    "billing.book",
    "billing.cancel_invoice",
    "billing.document",
    "billing.enter_rate",
    "billing.invoice",
    "billing.invoices",
    "billing.invoices_zip",
    "billing.late",
    "billing.movement",
    "billing.pause",
    "billing.put_aside",
    "billing.read_statement",
    "billing.reports",
    "billing.resume",
    "billing.save_seller",
    "billing.seller",
    "billing.sheet",
    "billing.undo_booking",
    "billing.waive",
)
