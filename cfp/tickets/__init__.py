"""What is sold: products and their prices, orders, tickets, vouchers, the waiting list."""
