"""What the rules said of a tree the last time, for a tree that has changed and is not yet checked again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, in_order
from pokin_dsl.rules.registry import BY_CODE

if TYPE_CHECKING:
    from pokin_dsl.rules.checked import Checked


def with_former_findings(tree: Checked, former: Checked) -> Checked:
    """Give a resolved tree the former findings of rules about what it still has; their places may be out of date."""
    if tree.resolved is former.resolved:
        return former
    told = (finding for finding in former.diagnostics if _is_of_a_rule(finding) and _is_about(finding.subject, tree))
    return replace(tree, diagnostics=in_order((*tree.diagnostics, *told)), silenced=former.silenced)


def _is_of_a_rule(finding: Diagnostic) -> bool:
    return finding.code in BY_CODE and BY_CODE[finding.code].check is not None


def _is_about(subject: str, tree: Checked) -> bool:
    peta = tree.peta
    return not subject or subject in peta.simpul or subject in peta.indikator or subject in peta.jabatan
