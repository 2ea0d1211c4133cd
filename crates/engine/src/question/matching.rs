//! `matching`: stems, each to be given one of the options that stand in the same table.

use super::choice::{letter, option_index};
use super::{Choice, Form, MOST_PARTS, QuestionType, Refusal, Registration, Response, Stem};
use crate::bank::{BlockId, Code, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "matching",
    rules: &[],
    read,
};

/// Stems and options, as `matching` and `extended` have them.
pub(super) struct Matching {
    pub(super) stems: Vec<Stem>,
    pub(super) options: Vec<Choice>,
    pub(super) lettered: bool,
}

/// A row of the table.
pub(super) struct Row {
    pub(super) stem: Span,
    /// Whether the stem is emphasised.
    pub(super) italic: bool,
    pub(super) option: Span,
    pub(super) why: Option<Span>,
}

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let (table, rows) = read_rows(outline, report)?;
    let (mut stems, mut options) = (Vec::new(), Vec::<Choice>::new());
    let mut sound = true;
    for row in rows {
        let text = row.option.of(source);
        let known = options
            .iter()
            .position(|option| option.text.of(source) == text);
        if known.is_some_and(|known| row.italic || !options[known].key) {
            report.add(
                Code::MatchForm,
                row.option,
                "a distractor is the option of no other row",
            );
            sound = false;
            continue;
        }
        let key = known.unwrap_or(options.len());
        if known.is_none() {
            options.push(Choice {
                text: row.option,
                rationale: row.why.filter(|_| row.italic),
                key: !row.italic,
            });
        }
        if !row.italic {
            stems.push(Stem {
                text: row.stem,
                rationale: row.why,
                key: key as u8,
            });
        }
    }
    let matching = Matching {
        stems,
        options,
        lettered: false,
    };
    (sound && matching.has_sound_counts(outline.span(table), report))
        .then(|| Box::new(matching) as Box<dyn QuestionType>)
}

/// Claims the question's last table and reads its rows; what is wrong with them is reported.
pub(super) fn read_rows(
    outline: &mut Outline<'_>,
    report: &mut Report,
) -> Option<(BlockId, Vec<Row>)> {
    let source = outline.source();
    let Some(table) = outline.claim_last_table() else {
        report.add(
            Code::NoTable,
            outline.heading(),
            "this question has no table",
        );
        return None;
    };
    let cells = outline.cells(table);
    let columns = cells.iter().take_while(|cell| cell.row == 0).count();
    if columns != 2 && columns != 3 {
        report.add(
            Code::TableColumn,
            outline.span(table),
            format!("columns: {columns}; this table has two, or three with why"),
        );
        return None;
    }
    // As many as there can be stems and distractors.
    if cells.len() / columns > 2 * MOST_PARTS {
        report.add(
            Code::MatchForm,
            outline.span(table),
            format!(
                "this table has {} rows, more than there can be",
                cells.len() / columns - 1
            ),
        );
        return None;
    }
    let mut rows = Vec::new();
    let mut sound = true;
    let mut wrong = |span, what| {
        report.add(Code::MatchForm, span, what);
        sound = false;
    };
    for row in cells.chunks_exact(columns).skip(1) {
        let last = row[columns - 1].span;
        if row[0].span.is_empty() {
            wrong(row[1].span, "this row has no stem");
        } else if row[1].span.is_empty() {
            wrong(row[0].span, "this row has no option");
        } else if let Some(stray) = behind(source, last) {
            wrong(
                stray,
                "this stands behind the last column, where nobody would see it",
            );
        }
        rows.push(Row {
            stem: row[0].span,
            italic: row[0].italic,
            option: row[1].span,
            why: row
                .get(2)
                .map(|cell| cell.span)
                .filter(|span| !span.is_empty()),
        });
    }
    sound.then_some((table, rows))
}

/// What stands in the line behind the last cell of a row: cells without a column are dropped from the table.
fn behind(source: &str, cell: Span) -> Option<Span> {
    let before = source.get(..cell.end as usize)?;
    let rest = source.get(cell.end as usize..)?;
    // Where a row has too few cells, the last lies behind its line.
    if before.ends_with('\n') {
        return None;
    }
    let line = rest.lines().next()?;
    let text = line.trim_start().strip_prefix('|')?;
    let start = cell.end as usize + (line.len() - text.len());
    let stray = Span::new(start, start + text.len()).trimmed(source);
    (!stray.is_empty()).then_some(stray)
}

impl Matching {
    /// Whether stems and options are as many as they may be; what is wrong is reported at the table.
    pub(super) fn has_sound_counts(&self, table: Span, report: &mut Report) -> bool {
        let (stems, options) = (self.stems.len(), self.options.len());
        let may_be = 2..=MOST_PARTS;
        if stems == 0 {
            report.add(Code::MatchForm, table, "this table has no stem");
        } else if !may_be.contains(&stems) || !may_be.contains(&options) {
            report.add(
                Code::MatchForm,
                table,
                format!("stems: {stems}, options: {options}; there are 2 to {MOST_PARTS} of each"),
            );
        } else {
            return true;
        }
        false
    }
}

impl QuestionType for Matching {
    fn form(&self) -> Form<'_> {
        Form::Match {
            stems: &self.stems,
            options: &self.options,
            lettered: self.lettered,
        }
    }

    fn key(&self) -> Response {
        let key = |stem: &Stem| letter(usize::from(stem.key)).to_string();
        Response(self.stems.iter().map(key).collect())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        if response.parts().len() != self.stems.len() {
            return Err(Refusal::WrongForm);
        }
        for part in response.parts() {
            let is_beyond = |at: usize| at >= self.options.len();
            if !part.is_empty() && option_index(part).is_none_or(is_beyond) {
                return Err(Refusal::NoSuchOption);
            }
        }
        Ok(())
    }

    fn mark(&self, response: &Response) -> Fraction {
        if self.check(response).is_err() {
            return Fraction::ZERO;
        }
        let pairs = response.parts().iter().zip(&self.stems);
        let right = pairs.filter(|(part, stem)| option_index(part) == Some(usize::from(stem.key)));
        Fraction::of(right.count() as i64, self.stems.len() as i64)
    }
}
