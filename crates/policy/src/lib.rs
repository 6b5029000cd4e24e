//! Policy documents compiled to programs and judged over objects.
