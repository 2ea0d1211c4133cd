//! For GitHub Actions: workflow commands, which it shows beside the lines of a change.

use std::io::{self, Write};

use super::places::Places;
use super::{summary, word};
use crate::inspect::Findings;

pub(super) fn write(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    for file in &findings.files {
        let mut places = Places::new(file.source);
        for diagnostic in &file.diagnostics {
            let found = places.find(diagnostic.span);
            writeln!(
                out,
                "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}%0A{}",
                word(diagnostic.severity()),
                property(&file.path),
                found.start.line,
                found.end.line,
                found.start.column,
                found.end.column,
                diagnostic.code.name(),
                data(&diagnostic.message),
                data(diagnostic.remedy()),
            )?;
        }
    }
    writeln!(out, "{}", data(&summary(findings)))
}

/// A message, which ends with its line.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property, which ends at the next comma or colon too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_message_or_property_is_written_otherwise() {
        assert_eq!(data("50 %\r\nand: so, on"), "50 %25%0D%0Aand: so, on");
        assert_eq!(property("a,b:c%.md"), "a%2Cb%3Ac%25.md");
    }
}
