//! The catalogue: what courses there are, as the command writes it into the page and the app reads it there.

use std::fmt;

use crate::bank::escape;
use crate::json::{self, Object, Writer};

/// The version of the record that this release writes and reads.
pub const VERSION: u32 = 1;

/// Names that no course can have, since the site has pages of these names.
pub const RESERVED: &[&str] = &["about", "author", "moderate", "progress", "try"];

/// All courses of a site. It is stored as JSON; `docs/records.md` names its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The version of the record.
    pub tierwise: u32,
    /// The courses, by tier, then by title.
    pub courses: Vec<CourseCard>,
    /// Where its [`Framework`](crate::framework::Framework) stands, if it has one.
    pub framework: Option<PageFile>,
}

/// A course as the catalogue shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseCard {
    /// The name of its folder, such as `level-2`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub summary: String,
    /// The tier of the career framework that it prepares for, 1 to 5.
    pub tier: u8,
    /// The time allowed for a paper, in minutes.
    pub minutes: u32,
    /// The pass mark as a percentage of a paper's marks.
    pub pass_percent: u32,
    /// How many questions a paper has; those of cases come on top.
    pub questions: u32,
    /// How many questions its banks have.
    pub bank_questions: u32,
    /// The course page.
    pub page: PageFile,
    /// The banks that its blueprint names, in that order: the order that papers count them by.
    pub banks: Vec<BankFile>,
}

/// A course page, or another file that stands alone, on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFile {
    /// Its address in the site, such as `questions/level-2/README.md`.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A bank on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankFile {
    /// Its path in the folder of its course, such as `hl7.md`.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many questions it has.
    pub questions: u32,
}

/// Why a text is not a catalogue that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Of another version than [`VERSION`].
    Version(u32),
    /// Damaged, or no catalogue at all: says what is wrong and where.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(
                out,
                "the catalogue is of version {version}; this release reads version {VERSION}"
            ),
            Self::Damaged(what) => write!(out, "the catalogue is damaged: {what}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Catalogue {
    /// The catalogue of `courses`, in its order.
    #[must_use]
    pub fn new(mut courses: Vec<CourseCard>) -> Self {
        courses.sort_by(|a, b| (a.tier, &a.title, &a.id).cmp(&(b.tier, &b.title, &b.id)));
        Self {
            tierwise: VERSION,
            courses,
            framework: None,
        }
    }

    /// Reads a catalogue.
    ///
    /// # Errors
    /// [`Unreadable`] when it is damaged or of another version.
    pub fn read(json: &str) -> Result<Self, Unreadable> {
        let damaged = |error: json::Error| Unreadable::Damaged(error.within(json));
        let object = json::read_object(json).map_err(damaged)?;
        let tierwise = object.u32("tierwise").map_err(damaged)?;
        if tierwise != VERSION {
            return Err(Unreadable::Version(tierwise));
        }
        let mut courses = Vec::new();
        for course in object.objects("courses").map_err(damaged)? {
            courses.push(CourseCard::of(course).map_err(damaged)?);
        }
        let mut framework = None;
        if object.get("framework").is_some() {
            let file = object.object("framework").map_err(damaged)?;
            framework = Some(PageFile::of(file).map_err(damaged)?);
        }
        Ok(Self {
            tierwise,
            courses,
            framework,
        })
    }

    /// The catalogue as JSON. Every `</` in it is written `<\/`, which is the same to JSON, so that it may stand in a
    /// `<script>` element.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.whole_field("tierwise", self.tierwise.into());
        out.name("courses");
        out.open('[');
        for course in &self.courses {
            course.write(&mut out);
        }
        out.close(']');
        if let Some(framework) = &self.framework {
            out.name("framework");
            framework.write(&mut out);
        }
        out.close('}');
        let json = out.finish();
        // `<!--` in a script element changes how its end is looked for; JSON has no other use for either.
        json.replace("</", "<\\/").replace("<!--", "\\u003c!--")
    }

    /// The list of courses as HTML. The command writes it into the page and the app draws the same, so that taking over
    /// changes nothing on the screen. `note` gives a course a line of its own, such as that a sitting is open.
    #[must_use]
    pub fn cards_html(&self, note: &dyn Fn(&str) -> Option<String>) -> String {
        let mut out = String::from("<ul class=\"tw-cards\">");
        for course in &self.courses {
            out.push_str("<li>");
            card(&mut out, course, note(&course.id).as_deref());
            out.push_str("</li>");
        }
        out.push_str("</ul>");
        out
    }
}

impl PageFile {
    fn of(object: &Object<'_>) -> Result<Self, json::Error> {
        let (path, sha256) = (object.text("path")?, object.text("sha256")?);
        Ok(Self {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
        })
    }

    fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text_field("path", &self.path);
        out.text_field("sha256", &self.sha256);
        out.close('}');
    }
}

impl CourseCard {
    fn of(object: &Object<'_>) -> Result<Self, json::Error> {
        // What owns nothing comes first and is copied last: each `?` would else bring code that frees what is there by then.
        let page = object.object("page")?;
        let (id, title) = (object.text("id")?, object.text("title")?);
        let (summary, tier) = (object.text("summary")?, object.u8("tier")?);
        let (minutes, pass_percent) = (object.u32("minutes")?, object.u32("pass_percent")?);
        let (questions, bank_questions) = (object.u32("questions")?, object.u32("bank_questions")?);
        let mut banks = Vec::new();
        for bank in object.objects("banks")? {
            let (path, sha256) = (bank.text("path")?, bank.text("sha256")?);
            let (bytes, questions) = (bank.u64("bytes")?, bank.u32("questions")?);
            banks.push(BankFile {
                path: path.to_owned(),
                sha256: sha256.to_owned(),
                bytes,
                questions,
            });
        }
        Ok(Self {
            id: id.to_owned(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            tier,
            minutes,
            pass_percent,
            questions,
            bank_questions,
            page: PageFile::of(page)?,
            banks,
        })
    }

    fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text_field("id", &self.id);
        out.text_field("title", &self.title);
        out.text_field("summary", &self.summary);
        for (name, whole) in [
            ("tier", self.tier.into()),
            ("minutes", self.minutes),
            ("pass_percent", self.pass_percent),
            ("questions", self.questions),
            ("bank_questions", self.bank_questions),
        ] {
            out.whole_field(name, whole.into());
        }
        out.name("page");
        self.page.write(out);
        out.name("banks");
        out.open('[');
        for bank in &self.banks {
            out.open('{');
            out.text_field("path", &bank.path);
            out.text_field("sha256", &bank.sha256);
            out.whole_field("bytes", bank.bytes);
            out.whole_field("questions", bank.questions.into());
            out.close('}');
        }
        out.close(']');
        out.close('}');
    }
}

/// The five shelves of the tier mark; the style sheet lights as many as the tier says.
const SHELVES: &str = "<rect x=\"8\" y=\"1\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
    <rect x=\"6\" y=\"5\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
    <rect x=\"4\" y=\"9\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
    <rect x=\"2\" y=\"13\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
    <rect x=\"0\" y=\"17\" width=\"12\" height=\"2.8\" rx=\".8\"/>";

/// The mark of a tier with its name, as HTML.
#[must_use]
pub fn tier_html(tier: u8) -> String {
    format!(
        "<p class=\"tw-tier\"><svg class=\"tw-tier__mark tw-tier--{tier}\" viewBox=\"0 0 20 20.6\" aria-hidden=\"true\" \
         focusable=\"false\">{SHELVES}</svg> Tier {tier}</p>"
    )
}

fn card(out: &mut String, course: &CourseCard, note: Option<&str>) {
    out.push_str("<article class=\"tw-card\">");
    out.push_str(&tier_html(course.tier));
    out.push_str("<h2 class=\"tw-card__title\"><a class=\"tw-card__link\" href=\"#/");
    escape(out, &course.id);
    out.push_str("\">");
    escape(out, &course.title);
    out.push_str("</a></h2>");
    for (class, text) in [
        ("", course.summary.as_str()),
        (" class=\"tw-tag\"", note.unwrap_or_default()),
    ] {
        if !text.is_empty() {
            out.push_str("<p");
            out.push_str(class);
            out.push('>');
            escape(out, text);
            out.push_str("</p>");
        }
    }
    let plural = |number: u32| if number == 1 { "" } else { "s" };
    out.push_str(&format!(
        "<ul class=\"tw-facts tw-card__facts\"><li>{} question{}</li><li>{} minute{}</li><li>pass mark {}\u{202f}%</li></ul></article>",
        course.questions,
        plural(course.questions),
        course.minutes,
        plural(course.minutes),
        course.pass_percent,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(id: &str, title: &str, tier: u8) -> CourseCard {
        CourseCard {
            id: id.to_owned(),
            title: title.to_owned(),
            tier,
            ..CourseCard::default()
        }
    }

    #[test]
    fn courses_stand_by_tier_then_title_then_id() {
        let catalogue = Catalogue::new(vec![
            course("c", "B", 2),
            course("b", "A", 3),
            course("a", "B", 2),
            course("d", "A", 2),
        ]);
        let ids: Vec<_> = catalogue
            .courses
            .iter()
            .map(|course| course.id.as_str())
            .collect();
        assert_eq!(ids, ["d", "a", "c", "b"]);
    }

    #[test]
    fn what_is_written_reads_back_and_cannot_leave_a_script_element() {
        let title = "</script><!-- \"a\" & b <p>";
        let mut catalogue = Catalogue::new(vec![course("level-2", title, 2)]);
        catalogue.framework = Some(PageFile {
            path: "framework.json".to_owned(),
            sha256: "</ef".to_owned(),
        });
        let json = catalogue.write();
        assert!(!json.contains("</") && !json.contains("<!--"), "{json}");
        assert_eq!(Catalogue::read(&json), Ok(catalogue));
    }

    #[test]
    fn fields_are_written_in_this_order() {
        let mut open = course("level-2", "HL7", 2);
        open.summary = "\u{1}é".to_owned();
        (open.minutes, open.pass_percent) = (75, 60);
        (open.questions, open.bank_questions) = (40, 120);
        open.page = PageFile {
            path: "q/level-2/README.md".to_owned(),
            sha256: "ab".to_owned(),
        };
        open.banks = vec![BankFile {
            path: "hl7.md".to_owned(),
            sha256: "cd".to_owned(),
            bytes: 5_000_000_000,
            questions: 60,
        }];
        assert_eq!(
            Catalogue::new(vec![open]).write(),
            concat!(
                r#"{"tierwise":1,"courses":[{"id":"level-2","title":"HL7","summary":"\u0001é","tier":2,"minutes":75,"#,
                r#""pass_percent":60,"questions":40,"bank_questions":120,"page":{"path":"q/level-2/README.md","#,
                r#""sha256":"ab"},"banks":[{"path":"hl7.md","sha256":"cd","bytes":5000000000,"questions":60}]}]}"#,
            )
        );
    }

    #[test]
    fn what_is_no_catalogue_is_refused_with_a_reason() {
        assert_eq!(
            Catalogue::read("{\"tierwise\":2,\"courses\":[]}"),
            Err(Unreadable::Version(2))
        );
        // In another version all else may look different.
        assert_eq!(
            Catalogue::read("{\"tierwise\":3}"),
            Err(Unreadable::Version(3))
        );
        for json in ["", "{}", "{\"tierwise\":1,\"courses\":[{}]}"] {
            assert!(
                matches!(Catalogue::read(json), Err(Unreadable::Damaged(_))),
                "{json}"
            );
        }
    }

    #[test]
    fn a_card_escapes_what_tutors_wrote() {
        let mut open = course("level-2", "HL7 & <b>\"DICOM\"", 2);
        open.summary = "a < b".to_owned();
        (open.questions, open.minutes, open.pass_percent) = (1, 60, 60);
        let catalogue = Catalogue::new(vec![open]);
        let html = catalogue.cards_html(&|id| Some(format!("{id} & open")));
        let without_marks = html.replace(SHELVES, "");
        assert_eq!(
            without_marks,
            "<ul class=\"tw-cards\"><li><article class=\"tw-card\"><p class=\"tw-tier\"><svg class=\"tw-tier__mark tw-tier--2\" \
             viewBox=\"0 0 20 20.6\" aria-hidden=\"true\" focusable=\"false\"></svg> Tier 2</p><h2 class=\"tw-card__title\">\
             <a class=\"tw-card__link\" href=\"#/level-2\">HL7 &amp; &lt;b&gt;&quot;DICOM&quot;</a></h2><p>a &lt; b</p>\
             <p class=\"tw-tag\">level-2 &amp; open</p><ul class=\"tw-facts tw-card__facts\"><li>1 question</li>\
             <li>60 minutes</li><li>pass mark 60\u{202f}%</li></ul></article></li></ul>"
        );
        assert!(!catalogue.cards_html(&|_| None).contains("tw-tag"));
    }
}
