use tierwise_engine::bank;
use tierwise_engine::catalogue::Catalogue;

use crate::harness::Folder;

const INDEX: &str = "<!doctype html><title>T</title>\
    <script type=\"application/json\" id=\"catalogue\"></script>\
    <main><div data-static id=\"courses\"></div></main>\n";

fn site(fixture: &str) -> Folder {
    Folder::with_questions(fixture)
        .file("site/index.html", INDEX)
        .file("site/app.js", "")
}

#[test]
fn the_site_gets_the_catalogue_the_banks_and_their_pictures_and_nothing_else() {
    let folder = site("sound");
    folder
        .run("bundle questions --into site")
        .exits(0)
        .without_complaint()
        .says("3 courses with 15 questions in site\n");
    let tree = folder.tree("site");
    assert_eq!(
        tree.keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "app.js",
            "catalogue.json",
            "framework.json",
            "index.html",
            "questions/gdpr/README.md",
            "questions/gdpr/law.md",
            "questions/ihe-xds/README.md",
            "questions/ihe-xds/arranging.md",
            "questions/level-2/README.md",
            "questions/level-2/hl7.md",
            "questions/level-2/img/delimiters drawn.svg",
            "questions/level-2/img/frame.svg",
            "questions/level-2/img/systems.svg",
            "questions/level-2/more/dicom.md",
            "questions/level-2/more/img/plan.svg",
            "questions/level-2/pointing.md",
        ]
    );
    for (path, bytes) in folder.tree("questions") {
        if let Some(copy) = tree.get(&format!("questions/{path}")) {
            assert_eq!(copy, &bytes, "{path}");
        }
    }
}

#[test]
fn the_page_and_the_file_hold_the_same_catalogue() {
    let folder = site("sound");
    folder.run("bundle questions --into site").exits(0);
    let json = folder.read("site/catalogue.json");
    let catalogue = Catalogue::read(&json).unwrap();
    let ids: Vec<_> = catalogue
        .courses
        .iter()
        .map(|course| course.id.as_str())
        .collect();
    assert_eq!(ids, ["gdpr", "level-2", "ihe-xds"], "by tier");
    let course = &catalogue.courses[1];
    assert_eq!(course.title, "Level 2: HL7 & DICOM <draft>");
    assert_eq!(
        (
            course.tier,
            course.minutes,
            course.pass_percent,
            course.questions,
            course.bank_questions
        ),
        (2, 15, 60, 9, 9)
    );
    assert_eq!(course.page.path, "questions/level-2/README.md");
    assert_eq!(course.banks.len(), 3);
    for listed in &course.banks {
        let bytes = folder
            .tree("site/questions/level-2")
            .remove(&listed.path)
            .unwrap();
        assert_eq!(listed.bytes, bytes.len() as u64);
        let bank = bank::read(&listed.path, bytes);
        assert_eq!(
            (bank.digest(), bank.len()),
            (listed.sha256.as_str(), listed.questions as usize)
        );
    }

    let page = folder.read("site/index.html");
    let expected = INDEX
        .replace(
            "\"catalogue\"></script>",
            &format!("\"catalogue\">{json}</script>"),
        )
        .replace(
            "\"courses\"></div>",
            &format!("\"courses\">{}</div>", catalogue.cards_html(&|_| None)),
        );
    assert_eq!(page, expected);
    assert!(page.contains(
        "<a class=\"tw-card__link\" href=\"#/level-2\">Level 2: HL7 &amp; DICOM &lt;draft&gt;</a>"
    ));
}

#[test]
fn a_title_cannot_leave_the_script_element() {
    let folder = site("sound").edited(
        "questions/gdpr/README.md",
        "title: GDPR for radiology",
        "title: </script><script>alert(1)</script>",
    );
    folder.run("bundle questions --into site").exits(0);
    let page = folder.read("site/index.html");
    assert_eq!(page.matches("</script>").count(), 1);
    let catalogue = Catalogue::read(&folder.read("site/catalogue.json")).unwrap();
    assert_eq!(
        catalogue.courses[0].title,
        "</script><script>alert(1)</script>"
    );
}

#[test]
fn a_wrong_bank_is_refused_and_the_site_stays_as_it_was() {
    for (path, from, to, complaint) in [
        (
            "hl7.md",
            "- [x] `~`",
            "- [ ] `~`",
            "error[no-key]: no option is ticked as the key\n",
        ),
        (
            "README.md",
            "| 1 | 2 |",
            "| 1 | 9 |",
            "error[blueprint-unmet]",
        ),
        (
            "hl7.md",
            "delimiters%20",
            "delimiter%20",
            "error[missing-image]",
        ),
    ] {
        let folder = site("sound")
            .file("site/questions/old/README.md", "of the build before")
            .edited(&format!("questions/level-2/{path}"), from, to);
        let before = folder.tree("site");
        folder
            .run("bundle questions --into site")
            .exits(1)
            .complains(complaint)
            .complains(" in ")
            .keeps_quiet_about("course");
        assert_eq!(folder.tree("site"), before, "{complaint}");
    }
}

#[test]
fn warnings_are_counted_and_stop_nothing() {
    let folder = site("sound").file(
        "questions/gdpr/unused.md",
        "---\ntierwise: 1\ntitle: Unused\ntopic: t\n---\n\n## u-1 · U\n`short`\n\nWhat?\n\n**Answer:** `a`\n",
    );
    folder
        .run("bundle questions --into site")
        .exits(0)
        .without_complaint()
        .says("3 courses with 15 questions in site; 3 warnings, see tierwise check questions\n");
    assert!(!folder.path("site/questions/gdpr/unused.md").exists());
}

#[test]
fn what_an_older_build_left_goes() {
    let folder = site("sound").file("site/questions/old/README.md", "of the build before");
    folder.run("bundle questions --into site").exits(0);
    assert!(!folder.path("site/questions/old").exists());
    assert!(folder.path("site/questions/gdpr/law.md").exists());
}

#[test]
fn a_page_without_a_place_for_the_catalogue_is_refused() {
    for (from, to, complaint) in [
        (
            " id=\"courses\"",
            "",
            "site/index.html: has no empty element with id=\"courses\"; put it where",
        ),
        (
            " id=\"catalogue\"></script>",
            " id=\"catalogue\">{}</script>",
            "site/index.html: has no empty element with id=\"catalogue\"; put",
        ),
        (
            "<main>",
            "<p id=courses class=x></p>",
            "site/index.html: has more than one empty element with id=\"courses\"",
        ),
    ] {
        let folder = site("sound").edited("site/index.html", from, to);
        let before = folder.tree("site");
        folder
            .run("bundle questions --into site")
            .exits(2)
            .complains(complaint);
        assert_eq!(folder.tree("site"), before);
    }
}

#[test]
fn a_minified_page_is_filled_too() {
    let minified = "<!doctype html><script id=catalogue type=application/json></script><div id=courses data-static></div>";
    let folder = site("sound").file("site/index.html", minified);
    folder.run("bundle questions --into site").exits(0);
    let page = folder.read("site/index.html");
    assert!(
        page.contains("<script id=catalogue type=application/json>{\"tierwise\":1,"),
        "{page}"
    );
    assert!(
        page.contains("<div id=courses data-static><ul class=\"tw-cards\">"),
        "{page}"
    );
}

#[test]
fn what_is_not_there_is_said() {
    let folder = site("sound").file("drafts/a.md", &site("sound").read("questions/gdpr/law.md"));
    folder
        .run("bundle questions --into nowhere")
        .exits(2)
        .complains("tierwise: nowhere/index.html: cannot be read");
    folder
        .run("bundle nowhere --into site")
        .exits(2)
        .complains("tierwise: nowhere: there is no such file or folder");
    folder
        .run("bundle drafts --into site")
        .exits(2)
        .complains("tierwise: drafts: holds no course; a course is a folder with a README.md");
}
