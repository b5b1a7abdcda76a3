"""What buyers, organisers and time do with orders; stock changes in capacity alone."""
