//! `tierwise try`: serves the built site with a bank that is being written.

use std::env;
use std::io::{Cursor, Write};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use tiny_http::{Header, Request, Response, Server, StatusCode};

use crate::args::Try;
use crate::files::{PAGE, shown};
use crate::serve::{Answer, MOUNT, Site, encoded};
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &Try) -> Result<Verdict, Stop> {
    let name = bank_name(&args.file)?;
    let site = site(args.site.as_deref())?;
    let server = Server::http((Ipv4Addr::LOCALHOST, args.port)).map_err(|error| {
        Stop::because(format_args!(
            "port {} cannot be used ({error}); choose another with --port, or any free one with --port 0",
            args.port
        ))
    })?;
    let port = server
        .server_addr()
        .to_ip()
        .map_or(args.port, |at| at.port());
    let address = format!("http://127.0.0.1:{port}/#/try/{MOUNT}{}", encoded(&name));
    let mut out = terminal::output();
    writeln!(out, "{} is on {address}", shown(&args.file))?;
    writeln!(
        out,
        "It opens again when the file changes. Ctrl-C ends this."
    )?;
    out.flush()?;
    drop(out);
    if args.open
        && let Err(error) = open::that_detached(&address)
    {
        let mut complaint = terminal::errors();
        writeln!(
            complaint,
            "tierwise: no browser could be started ({error}); open the address yourself"
        )?;
        complaint.flush()?;
    }
    let site = Site::new(site, args.file.clone());
    for request in server.incoming_requests() {
        let known = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("If-None-Match"));
        let known = known.map(|header| header.value.as_str());
        let answer = site.answer(request.method().as_str(), request.url(), known);
        respond(request, answer);
    }
    Ok(Verdict::Fine)
}

/// The name of the file when it can be a bank.
fn bank_name(file: &Path) -> Result<String, Stop> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let trouble = if !file.is_file() {
        "there is no such file"
    } else if name == PAGE {
        "is a course page"
    } else if !name.ends_with(".md") {
        "does not end in .md"
    } else {
        return Ok(name.into_owned());
    };
    Err(Stop::because(format_args!(
        "{}: {trouble}; name a bank, which tierwise new can begin for you",
        shown(file)
    )))
}

/// The folder of the built site: the one that was named, or `dist` here or in a folder above.
fn site(named: Option<&Path>) -> Result<PathBuf, Stop> {
    const BUILD: &str = "make build, in the tree of Tierwise, builds the site into dist/; name that folder with --site";
    if let Some(site) = named {
        return if site.join("index.html").is_file() {
            Ok(site.to_owned())
        } else {
            Err(Stop::because(format_args!(
                "{}: holds no built site (no index.html); {BUILD}",
                shown(site)
            )))
        };
    }
    let here = env::current_dir().unwrap_or_default();
    let mut above = here.ancestors().map(|folder| folder.join("dist"));
    above
        .find(|site| site.join("index.html").is_file())
        .ok_or_else(|| {
            Stop::because(format_args!(
                "there is no built site (dist/index.html) here or in a folder above; {BUILD}"
            ))
        })
}

/// Answers a request. A client that has gone away meanwhile needs no answer.
fn respond(request: Request, answer: Answer) {
    let (status, kind, bytes, tag) = match answer {
        Answer::File { kind, bytes, tag } => (200, kind, bytes, tag),
        Answer::NotModified { tag } => (304, "", Vec::new(), tag),
        Answer::NotFound => (404, "text/plain", b"Not found\n".to_vec(), String::new()),
        Answer::NotAllowed => (
            405,
            "text/plain",
            b"Only GET and HEAD\n".to_vec(),
            String::new(),
        ),
    };
    let headers = [
        ("Content-Type", kind),
        ("ETag", &tag),
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
        ("Allow", if status == 405 { "GET, HEAD" } else { "" }),
    ];
    let headers = headers
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, value)| Header::from_bytes(*name, *value).ok())
        .collect();
    let length = Some(bytes.len());
    let response = Response::new(
        StatusCode(status),
        headers,
        Cursor::new(bytes),
        length,
        None,
    );
    let _ = request.respond(response);
}
