//! What the types with a table share.

use crate::bank::{BlockId, Code, Outline, Report, Span};

/// The most columns that a table of ours has.
const MOST_COLUMNS: usize = 4;

/// A row: its cells in the order of the columns asked for, empty where the table has no such column.
pub(super) struct Row {
    /// All of it.
    pub(super) span: Span,
    pub(super) cells: [Span; MOST_COLUMNS],
}

/// Claims the question's table and reads its rows. `names` are its columns, found by their names in any order, of which the first `needed` must be
/// there. What is wrong is reported.
pub(super) fn read_table(
    outline: &mut Outline<'_>,
    names: &[&str],
    needed: usize,
    report: &mut Report,
) -> Option<(BlockId, Vec<Row>)> {
    let source = outline.source();
    let Some(table) = outline.claim_table_of(names[0]) else {
        report.add(
            Code::NoTable,
            outline.heading(),
            "this question has no table",
        );
        return None;
    };
    let mut order = Vec::new();
    let mut sound = true;
    let mut rows: Vec<Row> = Vec::new();
    for cell in outline.cells(table) {
        if cell.row == 0 {
            let name = cell.span.of(source);
            let found = names
                .iter()
                .position(|known| known.eq_ignore_ascii_case(name));
            let fault = match found {
                None => "is not a column of this type",
                Some(at) if order.contains(&at) => "is a column already",
                Some(_) => "",
            };
            if !fault.is_empty() {
                report.add(
                    Code::TableColumn,
                    cell.span,
                    ["`", name, "` ", fault].concat(),
                );
                sound = false;
            }
            order.push(found.unwrap_or(MOST_COLUMNS));
            continue;
        }
        if cell.column == 0 {
            rows.push(Row {
                span: cell.span,
                cells: [Span::default(); MOST_COLUMNS],
            });
        }
        let column = order.get(cell.column as usize).copied();
        if let (Some(row), Some(column)) = (rows.last_mut(), column)
            && let Some(place) = row.cells.get_mut(column)
        {
            *place = cell.span;
            row.span.end = row.span.end.max(cell.span.end);
        }
    }
    for (at, name) in names.iter().enumerate().take(needed) {
        if !order.contains(&at) {
            report.add(
                Code::TableColumn,
                outline.span(table),
                ["the column `", name, "` is missing"].concat(),
            );
            sound = false;
        }
    }
    sound.then_some((table, rows))
}

/// A cell that need not hold anything.
pub(super) fn if_any(cell: Span) -> Option<Span> {
    (!cell.is_empty()).then_some(cell)
}
