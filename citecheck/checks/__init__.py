"""The checks, by the code of the rule each one is for.

A check takes a document and yields findings. It asks the document what it already knows and looks at raw text only
for what nobody could know before; it does not ask whether it is wanted, or silenced, or how much its findings weigh.

CC901 has a page and no function: what an ignore comment silenced is known only when all the others have spoken, so
`citecheck.suppression.comments` finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from citecheck.checks.author_years import (
    coauthor_mismatch,
    et_al_mismatch,
    possible_undefined_citation,
    unsorted_author_list,
)
from citecheck.checks.boilerplate import boilerplate_text
from citecheck.checks.clusters import hidden_marker, marker_after_sources, marker_in_heading, mixed_marker_syntax
from citecheck.checks.coverage import (
    low_coverage,
    single_source_dominance,
    uncited_claim,
    uncited_quotation,
    uncited_tail,
)
from citecheck.checks.databases import dangling_crossref, duplicate_field, unclosed_entry
from citecheck.checks.dates import impossible_date
from citecheck.checks.duplicates import duplicate_source, near_duplicate_title
from citecheck.checks.entries import (
    bare_url_source,
    dangling_punctuation,
    inconsistent_source_format,
    missing_locator,
    text_after_sources,
)
from citecheck.checks.groups import too_many_citations, uncollapsed_range, unsorted_marker
from citecheck.checks.identifiers import invalid_arxiv_id, invalid_doi, invalid_isbn
from citecheck.checks.invisible_characters import invisible_character
from citecheck.checks.link_targets import marker_address_mismatch
from citecheck.checks.markers import (
    bare_marker_beside_native,
    invalid_range,
    label_case_mismatch,
    malformed_marker,
    missing_bibliography,
    missing_source_list,
    undefined_marker,
)
from citecheck.checks.online import (
    dead_link,
    metadata_mismatch,
    moved_link,
    newer_version,
    title_differs,
    unchecked_source,
    unknown_identifier,
)
from citecheck.checks.order import numbering_gap, out_of_order_citation, unordered_source_list
from citecheck.checks.placeholders import placeholder_source
from citecheck.checks.rendered_numbers import rendered_number_mismatch
from citecheck.checks.repetition import repeated_citation
from citecheck.checks.resolution import duplicate_source_number, empty_source, unused_source
from citecheck.checks.snapshots import (
    altered_quotation,
    changed_snapshot,
    cut_condition,
    missing_snapshot,
    number_not_in_source,
    quotation_in_other_source,
    unusable_snapshot,
)
from citecheck.checks.source_policy import disallowed_host, missing_field, retracted_source
from citecheck.checks.titles import generic_title, title_markup
from citecheck.checks.tokens import leaked_citation_token
from citecheck.checks.typography import (
    marker_after_number,
    marker_punctuation_order,
    marker_spacing,
    redundant_reference_word,
)
from citecheck.checks.understanding import not_understood
from citecheck.checks.urls import (
    legacy_resolver,
    malformed_url,
    private_url,
    redirect_url,
    tracking_parameter,
    url_shortener,
)
from citecheck.model.findings import Finding

Check = Callable[..., Iterator[Finding]]  # of a Document, and by keyword the options that the rule's page names

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "CC101": undefined_marker,
        "CC102": unused_source,
        "CC103": duplicate_source_number,
        "CC104": missing_source_list,
        "CC105": malformed_marker,
        "CC106": invalid_range,
        "CC107": repeated_citation,
        "CC108": mixed_marker_syntax,
        "CC109": marker_in_heading,
        "CC110": marker_after_sources,
        "CC111": hidden_marker,
        "CC112": marker_address_mismatch,
        "CC113": missing_bibliography,
        "CC115": label_case_mismatch,
        "CC116": bare_marker_beside_native,
        "CC117": et_al_mismatch,
        "CC118": coauthor_mismatch,
        "CC119": possible_undefined_citation,
        "CC201": out_of_order_citation,
        "CC202": numbering_gap,
        "CC203": unordered_source_list,
        "CC204": unsorted_marker,
        "CC205": uncollapsed_range,
        "CC206": marker_punctuation_order,
        "CC207": marker_spacing,
        "CC208": marker_after_number,
        "CC209": redundant_reference_word,
        "CC210": rendered_number_mismatch,
        "CC211": unsorted_author_list,
        "CC301": empty_source,
        "CC302": duplicate_source,
        "CC303": near_duplicate_title,
        "CC304": missing_locator,
        "CC305": bare_url_source,
        "CC306": dangling_punctuation,
        "CC307": title_markup,
        "CC308": generic_title,
        "CC309": placeholder_source,
        "CC310": impossible_date,
        "CC311": inconsistent_source_format,
        "CC312": invisible_character,
        "CC313": text_after_sources,
        "CC314": missing_field,
        "CC315": disallowed_host,
        "CC316": retracted_source,
        "CC317": duplicate_field,
        "CC318": unclosed_entry,
        "CC319": dangling_crossref,
        "CC401": malformed_url,
        "CC402": invalid_doi,
        "CC403": invalid_isbn,
        "CC404": invalid_arxiv_id,
        "CC405": tracking_parameter,
        "CC406": url_shortener,
        "CC407": redirect_url,
        "CC408": private_url,
        "CC409": legacy_resolver,
        "CC501": uncited_tail,
        "CC502": uncited_claim,
        "CC503": uncited_quotation,
        "CC504": too_many_citations,
        "CC505": single_source_dominance,
        "CC506": low_coverage,
        "CC601": leaked_citation_token,
        "CC602": boilerplate_text,
        "CC701": altered_quotation,
        "CC702": number_not_in_source,
        "CC703": cut_condition,
        "CC704": changed_snapshot,
        "CC705": missing_snapshot,
        "CC706": quotation_in_other_source,
        "CC707": unusable_snapshot,
        "CC801": dead_link,
        "CC802": metadata_mismatch,
        "CC804": unknown_identifier,
        "CC806": title_differs,
        "CC807": newer_version,
        "CC808": moved_link,
        "CC809": unchecked_source,
        "CC902": not_understood,
    }
)
