"""Judges many officers at once, over columns: the only importer of numpy and pyarrow.

    packed = pack_table(events, vocabulary, as_of=DAY, officers=..., positions=..., in_force=(DAY, DAY))   arrow.py
    packed = pack(timelines, vocabulary, ids)                                                              pack.py
    plan = Plan(law.program, {norm.id: norm.typed for norm in law.norms})       once a law; any register     plan.py
    outcomes = Judge(plan, calendar).judge(packed, {**law.default_profile, DUE: OPEN}, workers=2)          run.py
    outcome.violated, outcome.undetermined (officers), outcome.failing, outcome.open (bindings)
    timeline = unpack(packed, officer)          one record again, for the evaluator and the solver          unpack.py

Officers are numbered as in `packed.ids` (certain records first; `packed.order` says where each stood before). A binding
names rows of `packed.kinds[kind]`, whose `source` is the slot's index or the row of the register.
"""
