use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::docs::{SAMPLE, sample};
use crate::harness::Folder;

/// The command, serving.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// Waits for its first line, which says where.
    fn start(folder: &Folder, words: &[&str]) -> Self {
        let mut child = folder
            .command(words)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (_, address) = line.trim_end().split_once(" is on ").expect(&line);
        Self {
            child,
            address: address.to_owned(),
        }
    }

    /// What it answers to a request: the head in small letters, and the body.
    fn ask(&self, method: &str, path: &str, header: &str) -> (String, Vec<u8>) {
        let host = self.address.strip_prefix("http://").unwrap();
        let host = host.split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        (head.to_lowercase(), answer[end + 4..].to_vec())
    }

    fn status(&self, method: &str, path: &str) -> u16 {
        let (head, _) = self.ask(method, path, "");
        head.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A course with a built site beside it.
fn with_site() -> Folder {
    sample()
        .file("dist/index.html", "<title>built</title>")
        .file("dist/app_bg.wasm", "\0asm")
        .file("dist/sw.js", "keeps everything")
        .file("dist/questions/first-steps/README.md", "shipped")
        .file("secret.md", "secret")
}

const FILE: &str = "questions/first-steps/basics.md";
const MOUNTED: &str = "/questions/try/basics.md";

#[test]
fn the_bank_stands_in_the_site_and_is_fetched_again_when_it_changes() {
    let folder = with_site();
    let serving = Serving::start(&folder, &["try", FILE, "--port", "0"]);
    assert!(serving.address.ends_with("/#/try/questions/try/basics.md"));
    let (head, body) = serving.ask("GET", MOUNTED, "");
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    assert!(
        head.contains("content-type: text/markdown; charset=utf-8"),
        "{head}"
    );
    assert!(head.contains("cache-control: no-cache"), "{head}");
    assert_eq!(body, folder.read(FILE).into_bytes());
    let (_, behind) = head.split_once("etag: ").unwrap();
    let known = format!("If-None-Match: {}\r\n", behind.lines().next().unwrap());
    let (head, body) = serving.ask("GET", MOUNTED, &known);
    assert!(
        head.starts_with("http/1.1 304 ") && body.is_empty(),
        "{head}"
    );
    // As an editor does it: another file takes the place of the old one.
    folder.write("next.md", b"changed");
    fs::rename(folder.path("next.md"), folder.path(FILE)).unwrap();
    let (head, body) = serving.ask("GET", MOUNTED, &known);
    assert!(
        head.starts_with("http/1.1 200 ") && body == b"changed",
        "{head}"
    );
    fs::remove_file(folder.path(FILE)).unwrap();
    assert_eq!(serving.status("GET", MOUNTED), 404);
}

#[test]
fn the_site_and_the_pictures_are_served_and_nothing_else() {
    let folder = with_site();
    let serving = Serving::start(&folder, &["try", FILE, "--port", "0", "--site", "dist"]);
    let (head, body) = serving.ask("GET", "/", "");
    assert!(head.contains("text/html"), "{head}");
    assert_eq!(body, b"<title>built</title>");
    let (head, _) = serving.ask("GET", "/app_bg.wasm?v=1", "");
    assert!(head.contains("content-type: application/wasm"), "{head}");
    let (head, body) = serving.ask("HEAD", "/index.html", "");
    assert!(
        head.contains("content-length: 20") && body.is_empty(),
        "{head}"
    );
    let (head, body) = serving.ask("GET", "/questions/try/queue.svg", "");
    assert!(
        head.contains("image/svg+xml") && body == b"<svg/>",
        "{head}"
    );
    assert_eq!(
        serving.status("GET", "/questions/first-steps/README.md"),
        200
    );
    for path in [
        "/questions/try/web.md",
        "/questions/try/../../secret.md",
        "/questions/try/%2e%2e/%2e%2e/secret.md",
        "/../secret.md",
        "/%2e%2e%2fsecret.md",
        "/..%5Csecret.md",
        "//secret.md",
        "/nothing",
    ] {
        assert_eq!(serving.status("GET", path), 404, "{path}");
    }
    assert_eq!(serving.status("POST", "/"), 405);
    assert_eq!(serving.status("DELETE", MOUNTED), 405);
}

#[test]
fn the_site_is_found_above() {
    let folder = with_site();
    let mut command = folder.command(&["try", "basics.md", "--port", "0"]);
    command
        .current_dir(folder.path(SAMPLE))
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        line.starts_with("basics.md is on http://127.0.0.1:"),
        "{line}"
    );
}

#[test]
fn what_cannot_be_tried_is_said() {
    let folder = sample();
    for (words, complaint) in [
        (
            "try questions/first-steps/web.md",
            "there is no built site (dist/index.html) here or in a folder above; make build, in the tree",
        ),
        (
            "try nowhere.md",
            "nowhere.md: there is no such file; name a bank",
        ),
        (
            "try questions/first-steps/README.md",
            "is a course page; name a bank",
        ),
        (
            "try questions/first-steps/queue.svg",
            "does not end in .md; name a bank",
        ),
        (
            "try questions/first-steps/web.md --site questions",
            "questions: holds no built site (no index.html); make build",
        ),
    ] {
        folder.run(words).exits(2).complains(complaint);
    }
    let folder = with_site();
    let serving = Serving::start(&folder, &["try", FILE, "--port", "0"]);
    let port = serving.address.split([':', '/']).nth(4).unwrap();
    folder
        .run(&format!("try {FILE} --port {port}"))
        .exits(2)
        .complains(&format!("port {port} cannot be used"));
}

#[test]
fn the_sites_service_worker_is_not_served() {
    let folder = with_site();
    let serving = Serving::start(&folder, &["try", FILE, "--port", "0"]);
    let (head, body) = serving.ask("GET", "/sw.js", "");
    assert!(head.contains("content-type: text/javascript"), "{head}");
    let text = String::from_utf8(body).unwrap();
    assert!(text.contains("registration.unregister()"), "{text}");
}
