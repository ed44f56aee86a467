"""The domain of the playground: tokens, requests, exchanges. Plain Python: it knows no screen."""
