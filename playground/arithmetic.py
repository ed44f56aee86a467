"""Arithmetic in a text, worked out without eval: numbers, + - * / // % **, brackets, a few functions. It runs no code.

>>> calculate("2 * (3 + 4) ** 2")
98
>>> calculate("9**9**9")
Traceback (most recent call last):
...
ValueError: the result is too large: at most 100 digits are worked out
"""

import ast
import math
import operator
from collections.abc import Callable

Number = int | float

LONGEST = 200
"""Characters of an expression."""
DIGITS = 100

_BINARY: dict[type, Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: dict[str, Callable[..., Number]] = {"abs": abs, "round": round, "min": min, "max": max, "sqrt": math.sqrt}
_NAMES: dict[str, Number] = {"pi": math.pi, "e": math.e}


def calculate(expression: str) -> Number:
    """Work out an expression.

    Raises: ValueError, with what is wrong; ZeroDivisionError.
    """
    if len(expression) > LONGEST:
        raise ValueError(f"the expression is longer than {LONGEST} characters")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError("this is no arithmetic expression") from error
    return _value(tree.body)


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return _bounded(value)
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _bounded(_BINARY[type(op)](_value(left), _value(right)))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS and arguments:
            try:
                return _bounded(_FUNCTIONS[name](*(_value(each) for each in arguments)))
            except TypeError as error:
                raise ValueError(f"{name} does not take these numbers") from error
    raise ValueError("only numbers, + - * / // % **, brackets, abs, round, min, max and sqrt are worked out")


def _power(base: Number, exponent: Number) -> Number:
    # Before it is worked out: 9**9**9 has 369,693,100 digits.
    if abs(base) > 1 and exponent > 0 and exponent * math.log10(abs(base)) > DIGITS:
        return _bounded(math.inf)
    if base < 0 and exponent != int(exponent):
        raise ValueError("the root of a negative number is no real number")
    return _bounded(base**exponent)


def _bounded(value: Number) -> Number:
    if not abs(value) < 10**DIGITS:
        raise ValueError(f"the result is too large: at most {DIGITS} digits are worked out")
    return value
