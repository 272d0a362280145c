"""The solver's C interface, called directly where its Python layer takes most of the time: state, ask, read.

The Python layer checks sorts that are known here, and makes an object of every value that is only looked at.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, Final

import z3
from attrs import frozen


def _plain(function: Any) -> Any:
    """A function of the library without the look for errors after it: the terms built with it are well-sorted."""
    return function.__defaults__[-1].f


class LIB:
    """The functions that are called most."""

    Z3_inc_ref: Final = _plain(z3.Z3_inc_ref)
    Z3_dec_ref: Final = _plain(z3.Z3_dec_ref)
    Z3_get_ast_id: Final = _plain(z3.Z3_get_ast_id)
    Z3_mk_string_symbol: Final = _plain(z3.Z3_mk_string_symbol)
    Z3_mk_const: Final = _plain(z3.Z3_mk_const)
    Z3_mk_bool_sort: Final = _plain(z3.Z3_mk_bool_sort)
    Z3_mk_int_sort: Final = _plain(z3.Z3_mk_int_sort)
    Z3_mk_int64: Final = _plain(z3.Z3_mk_int64)
    Z3_mk_and: Final = _plain(z3.Z3_mk_and)
    Z3_mk_or: Final = _plain(z3.Z3_mk_or)
    Z3_mk_not: Final = _plain(z3.Z3_mk_not)
    Z3_mk_eq: Final = _plain(z3.Z3_mk_eq)
    Z3_mk_ite: Final = _plain(z3.Z3_mk_ite)
    Z3_mk_le: Final = _plain(z3.Z3_mk_le)
    Z3_to_app: Final = _plain(z3.Z3_to_app)
    Z3_get_app_decl: Final = _plain(z3.Z3_get_app_decl)
    Z3_get_decl_kind: Final = _plain(z3.Z3_get_decl_kind)
    Z3_get_app_arg: Final = _plain(z3.Z3_get_app_arg)


class Truth(z3.BoolRef):  # type: ignore[misc]
    """A condition: the Python layer's own class, made and let go without its detours."""

    def __init__(self, ast: z3.Ast, ctx: z3.Context) -> None:
        self.ast, self.ctx = ast, ctx
        LIB.Z3_inc_ref(ctx.ctx, ast)

    def __del__(self, gone: Any = LIB.Z3_dec_ref) -> None:
        if self.ctx.ctx is not None and self.ast is not None:
            gone(self.ctx.ctx, self.ast)
            self.ast = None

    def get_id(self) -> int:
        return int(LIB.Z3_get_ast_id(self.ctx.ctx, self.ast))


def boolean(ctx: z3.Context, name: str) -> Truth:
    """A Boolean constant."""
    symbol = LIB.Z3_mk_string_symbol(ctx.ctx, name.encode())
    return Truth(LIB.Z3_mk_const(ctx.ctx, symbol, LIB.Z3_mk_bool_sort(ctx.ctx)), ctx)


def negated(cond: z3.BoolRef) -> z3.BoolRef | None:
    """What a negation denies; None for anything else."""
    ctx = cond.ctx.ctx
    app = LIB.Z3_to_app(ctx, cond.ast)
    if LIB.Z3_get_decl_kind(ctx, LIB.Z3_get_app_decl(ctx, app)) != z3.Z3_OP_NOT:
        return None
    return Truth(LIB.Z3_get_app_arg(ctx, app, 0), cond.ctx)


def joined(make: Any, items: Sequence[z3.BoolRef]) -> Truth:
    """`and` or `or` of several conditions."""
    ctx = items[0].ctx
    return Truth(make(ctx.ctx, len(items), (z3.Ast * len(items))(*[item.ast for item in items])), ctx)


def applied(make: Any, ctx: z3.Context, *items: z3.ExprRef) -> Truth:
    """A condition over one to three terms."""
    return Truth(make(ctx.ctx, *[item.ast for item in items]), ctx)


def state(solver: z3.Solver, cond: z3.BoolRef) -> None:
    """Adds a fact."""
    z3.Z3_solver_assert(solver.ctx.ref(), solver.solver, cond.ast)


def ask(solver: z3.Solver, assumed: Sequence[z3.BoolRef]) -> z3.CheckSatResult:
    """Whether the facts can hold together with these literals."""
    literals = (z3.Ast * len(assumed))(*[each.ast for each in assumed])
    return z3.CheckSatResult(z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, len(assumed), literals))


def blamed(solver: z3.Solver) -> set[int]:
    """The identities of the assumed literals that contradict each other."""
    return {int(each.get_id()) for each in solver.unsat_core()}


def is_true(model: z3.ModelRef, cond: z3.BoolRef, complete: bool = True) -> bool:
    """Whether a condition is true in a model; what the model leaves open is false unless it is completed."""
    ctx = model.ctx.ref()
    return bool(z3.Z3_get_bool_value(ctx, _value(model, cond, complete)) == z3.Z3_L_TRUE)


def number(model: z3.ModelRef, term: z3.ArithRef) -> int:
    """The value of an integer term in a model."""
    found = ctypes.c_longlong()
    known = z3.Z3_get_numeral_int64(model.ctx.ref(), _value(model, term, True), ctypes.byref(found))
    assert known, "a number has a value"
    return found.value


@frozen(eq=False)
class Term:
    """A term as the solver holds it; it and its children live as long as something else keeps the term."""

    key: int
    kind: int
    is_bool: bool
    children: tuple[z3.Ast, ...]
    word: str = ""
    """The name of an uninterpreted constant, or the digits of a number."""
    numbers: tuple[int, ...] = ()
    """The limit and the costs of a sum of costs."""


def term(ctx: z3.Context, ast: z3.Ast) -> Term:
    """Reads one term."""
    ref = ctx.ref()
    is_bool = z3.Z3_get_sort_kind(ref, z3.Z3_get_sort(ref, ast)) == z3.Z3_BOOL_SORT
    if z3.Z3_get_ast_kind(ref, ast) == z3.Z3_NUMERAL_AST:
        return Term(ast.value, z3.Z3_OP_ANUM, is_bool, (), z3.Z3_get_numeral_string(ref, ast))
    head = z3.Z3_get_app_decl(ref, ast)
    kind = z3.Z3_get_decl_kind(ref, head)
    children = tuple(z3.Z3_get_app_arg(ref, ast, at) for at in range(z3.Z3_get_app_num_args(ref, ast)))
    if kind == z3.Z3_OP_UNINTERPRETED:
        return Term(ast.value, kind, is_bool, children, z3.FuncDeclRef(head, ctx).name())
    if kind == z3.Z3_OP_PB_LE:
        return Term(ast.value, kind, is_bool, children, numbers=tuple(z3.FuncDeclRef(head, ctx).params()))
    return Term(ast.value, kind, is_bool, children)


def _value(model: z3.ModelRef, term: z3.ExprRef, complete: bool) -> z3.Ast:
    """The value of a term: to be read at once, for nothing keeps it alive."""
    found = (z3.Ast * 1)()
    if not z3.Z3_model_eval(model.ctx.ref(), model.model, term.ast, complete, found):
        raise z3.Z3Exception("a term has no value in a model")
    return found[0]


__all__ = [
    "LIB", "Term", "Truth", "applied", "ask", "blamed", "boolean", "is_true", "joined", "negated", "number", "state",
    "term",
]  # fmt: skip
