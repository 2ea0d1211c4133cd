//! Tables: columns as wide as their widest cell, unless that makes lines too long to read.

use std::ops::Range;

use pulldown_cmark::Alignment;

/// Aligned lines are at most this long, in characters; longer tables have one space around each cell.
const WIDEST: usize = 120;

/// A table of some text.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Alignment>,
    /// The rows, the head first: where each row and each of its cells stand.
    pub(super) rows: Vec<(Range<usize>, Vec<Range<usize>>)>,
}

impl Table {
    /// The table written anew; `None` when something in it belongs to no cell.
    pub(super) fn written(&self, source: &str) -> Option<String> {
        let cells: Vec<Vec<&str>> = self
            .rows
            .iter()
            .map(|(row, cells)| self.cells(source, row.clone(), cells))
            .collect::<Option<_>>()?;
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let width = |row: &Vec<&str>| row[at].chars().count();
                cells.iter().map(width).max().unwrap_or(0).max(3)
            })
            .collect();
        let wide = widths.iter().map(|width| width + 3).sum::<usize>() < WIDEST;
        let mut text = String::new();
        for (number, row) in cells.iter().enumerate() {
            for (cell, &width) in row.iter().zip(&widths) {
                let space = if wide {
                    width - cell.chars().count()
                } else {
                    0
                };
                text += "| ";
                text += cell;
                text += &" ".repeat(space);
                if wide || !cell.is_empty() {
                    text.push(' ');
                }
            }
            text += "|\n";
            if number == 0 {
                for (column, &width) in self.columns.iter().zip(&widths) {
                    text += &["| ", &rule(*column, if wide { width } else { 3 }), " "].concat();
                }
                text += "|\n";
            }
        }
        text.pop();
        Some(text)
    }

    /// The texts of a row's cells, as many as there are columns.
    fn cells<'s>(
        &self,
        source: &'s str,
        row: Range<usize>,
        cells: &[Range<usize>],
    ) -> Option<Vec<&'s str>> {
        let mut texts: Vec<&str> = cells
            .iter()
            .map(|cell| source[cell.clone()].trim())
            .collect();
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let bars = |text: &str| text.bytes().filter(|&byte| byte == b'|').count();
        // More cells than there are columns are not shown; they are not to be lost either.
        let inside: usize = texts.iter().map(|text| solid(text)).sum();
        let inside_bars: usize = texts.iter().map(|text| bars(text)).sum();
        let row = &source[row];
        let fits = solid(row) - bars(row) == inside - inside_bars
            && bars(row) - inside_bars <= self.columns.len() + 1
            && texts.len() <= self.columns.len()
            && texts.iter().all(|text| !text.contains('\n'));
        texts.resize(self.columns.len(), "");
        fits.then_some(texts)
    }
}

fn rule(column: Alignment, width: usize) -> String {
    let (left, right) = match column {
        Alignment::None => ("-", "-"),
        Alignment::Left => (":", "-"),
        Alignment::Right => ("-", ":"),
        Alignment::Center => (":", ":"),
    };
    [left, &"-".repeat(width - 2), right].concat()
}
