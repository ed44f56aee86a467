"""The views: values in, a drawing or a value out. They call no model."""
