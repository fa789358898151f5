import Foundation

/// The notes of one worksheet, and the shapes in which a spreadsheet shows them.
///
/// A note is in two parts: its text in `comments.xml`, its box in an old drawing (VML). Notes of others stay as they
/// are, and a cell that has one gets no second: a spreadsheet shows one only. Notes of the author of a template are ours
/// as well: what is found is told above them, and they are as they were when nothing is found any more.
struct NotesEdit {
  struct Note {
    let address: CellAddress
    let text: String
    /// The note of a template below it, as it is written in the part.
    fileprivate var base: String?

    init(address: CellAddress, text: String) {
      self.address = address
      self.text = text
    }

    fileprivate var markup: String {
      guard let base else { return MarkupEditor.cellText(text) }
      return text.isEmpty ? base : MarkupEditor.cellText(text) + NotesEdit.separator + base
    }
  }

  /// Between what was found and the note of a template.
  private static let separator = "\n\n———\n"

  private let author: String
  private let templateAuthor: String?
  private var notes: [Note]
  /// Cells of which an earlier note of ours is taken out.
  private var removed: Set<CellAddress> = []

  init(author: String, templateAuthor: String? = nil, notes: [Note]) {
    self.author = author
    self.templateAuthor = templateAuthor
    self.notes = notes.sorted { $0.address < $1.address }
  }

  // MARK: Texts

  /// A new part with the texts.
  var newTexts: [UInt8] {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    text += "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    text += "<authors><author>\(MarkupEditor.escaped(author))</author></authors><commentList>"
    text += markup(author: 0, prefix: "")
    text += "</commentList></comments>"
    return Array(text.utf8)
  }

  private func markup(author: Int, template: Int? = nil, prefix: String) -> String {
    notes.map { note in
      "<\(prefix)comment ref=\"\(note.address.a1)\" authorId=\"\(note.text.isEmpty ? template ?? author : author)\"><\(prefix)text><\(prefix)r>"
        + "<\(prefix)t xml:space=\"preserve\">\(note.markup)</\(prefix)t></\(prefix)r>"
        + "</\(prefix)text></\(prefix)comment>"
    }.joined()
  }

  /// The part that is there with our texts among the others.
  mutating func texts(editing part: [UInt8]) -> [UInt8] {
    part.withUnsafeBufferPointer { bytes in
      var editor = MarkupEditor(bytes)
      var scanner = MarkupScanner(bytes)
      var prefix = ""
      var authors = 0
      var own: Int?
      var template: Int?
      var bases: [CellAddress: String] = [:]
      var content = 0
      var taken: Set<CellAddress> = []
      while let tag = scanner.next() {
        if scanner.isNamed("comments", tag), tag.kind == .open { prefix = scanner.prefix(of: tag) }
        if scanner.isNamed("author", tag) {
          if tag.kind == .open { content = tag.range.upperBound }
          if tag.kind != .open {
            if tag.kind == .close {
              let name = scanner.string(content..<tag.range.lowerBound)
              if name == MarkupEditor.escaped(author) { own = authors }
              if let templateAuthor, name == MarkupEditor.escaped(templateAuthor) { template = authors }
            }
            authors += 1
          }
        } else if scanner.isNamed("authors", tag), tag.kind != .open, own == nil || template == nil {
          var markup = ""
          if own == nil {
            own = authors
            authors += 1
            markup += "<\(prefix)author>\(MarkupEditor.escaped(author))</\(prefix)author>"
          }
          if template == nil, let templateAuthor {
            template = authors
            markup += "<\(prefix)author>\(MarkupEditor.escaped(templateAuthor))</\(prefix)author>"
          }
          if tag.kind == .close {
            editor.copy(upTo: tag.range.lowerBound)
            editor.write(markup)
          } else {
            editor.copy(upTo: tag.range.lowerBound)
            editor.write("<\(prefix)authors>\(markup)</\(prefix)authors>")
            editor.leaveOut(upTo: tag.range.upperBound)
          }
        } else if scanner.isNamed("comment", tag), tag.kind == .open {
          let address = scanner.value("ref", of: tag).flatMap { CellAddress(a1: $0) }
          let writer = scanner.number("authorId", of: tag)
          let isOwn = own != nil && writer == own
          let isOfTemplate = template != nil && writer == template
          let end = scanner.skip(tag)
          guard let address else { continue }
          if isOwn || isOfTemplate && notes.contains(where: { $0.address == address }) {
            removed.insert(address)
            let text = Self.text(bytes, tag.range.upperBound..<max(tag.range.upperBound, end))
            if isOfTemplate {
              bases[address] = text
            } else if let place = text.range(of: Self.separator) {
              bases[address] = String(text[place.upperBound...])
            }
            editor.copy(upTo: tag.range.lowerBound)
            editor.leaveOut(upTo: end)
          } else {
            taken.insert(address)
          }
        } else if scanner.isNamed("commentList", tag), tag.kind != .open {
          notes.removeAll { taken.contains($0.address) }
          for (address, base) in bases {
            if let place = notes.firstIndex(where: { $0.address == address }) {
              notes[place].base = base
            } else {
              var note = Note(address: address, text: "")
              note.base = base
              notes.append(note)
            }
          }
          notes.sort { $0.address < $1.address }
          let markup = markup(author: own ?? 0, template: template, prefix: prefix)
          editor.copy(upTo: tag.range.lowerBound)
          if tag.kind == .close {
            editor.write(markup)
          } else {
            editor.write("<\(prefix)commentList>\(markup)</\(prefix)commentList>")
            editor.leaveOut(upTo: tag.range.upperBound)
          }
        }
      }
      return editor.finish()
    }
  }

  /// The text of a note, as it is written.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    var scanner = MarkupScanner(bytes, in: range)
    var text = ""
    while let tag = scanner.next() {
      guard tag.kind == .open, scanner.isNamed("t", tag) else { continue }
      let start = tag.range.upperBound
      let end = bytes[start..<range.upperBound].firstIndex(of: 0x3C) ?? range.upperBound
      text += scanner.string(start..<end)
    }
    return text
  }

  // MARK: Shapes

  /// A new drawing with the boxes.
  ///
  /// - Parameter block: from 1, another one for each sheet: the numbers of its shapes begin there.
  func newShapes(block: Int) -> [UInt8] {
    let blocks = (block...block + notes.count / 1024).map(String.init).joined(separator: ",")
    var text = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
    text += "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">"
    text += "<o:idmap v:ext=\"edit\" data=\"\(blocks)\"/></o:shapelayout>"
    text +=
      "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
    text += "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    text += shapes(from: block * 1024 + 1, type: "_x0000_t202")
    text += "</xml>"
    return Array(text.utf8)
  }

  /// The drawing that is there with our boxes, and without our earlier ones.
  ///
  /// - Parameter block: as for a new drawing, so that no number is used twice.
  func shapes(editing part: [UInt8], block: Int) -> [UInt8] {
    part.withUnsafeBufferPointer { bytes in
      var editor = MarkupEditor(bytes)
      var scanner = MarkupScanner(bytes)
      guard scanner.next() != nil else { return part }
      while let tag = scanner.next() {
        if tag.kind == .close {
          editor.copy(upTo: tag.range.lowerBound)
          editor.write(
            "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" id=\"_x0000_t202m\" coordsize=\"21600,21600\" "
              + "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/></v:shapetype>")
          editor.write(shapes(from: block * 1024 + 1, type: "_x0000_t202m"))
          return editor.finish()
        }
        let end = scanner.skip(tag)
        let isOldType = scanner.value("id", of: tag) == "_x0000_t202m"
        if isOldType
          || scanner.isNamed("shape", tag) && isRemoved(bytes, tag.range.upperBound..<max(tag.range.upperBound, end))
        {
          editor.copy(upTo: tag.range.lowerBound)
          editor.leaveOut(upTo: end)
        }
      }
      return part
    }
  }

  /// Whether the box inside a shape belongs to a note that was taken out.
  private func isRemoved(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard !removed.isEmpty else { return false }
    var scanner = MarkupScanner(bytes, in: range)
    var row: Int?
    var column: Int?
    while let tag = scanner.next() {
      guard tag.kind == .open else { continue }
      if scanner.isNamed("Row", tag) || scanner.isNamed("Column", tag) {
        let start = tag.range.upperBound
        let isRow = scanner.isNamed("Row", tag)
        let digits = bytes[start..<range.upperBound].prefix { (0x30...0x39).contains($0) }
        let number = Int(String(decoding: digits, as: UTF8.self))
        if isRow { row = number } else { column = number }
      }
    }
    guard let row, let column else { return false }
    return removed.contains(CellAddress(column: column, row: row + 1))
  }

  private func shapes(from first: Int, type: String) -> String {
    var text = ""
    for (index, note) in notes.enumerated() {
      let (row, column) = (note.address.row - 1, note.address.column)
      let height = min(max(note.text.count / 34 + note.text.count(where: { $0 == "\n" }) + 2, 4), 16)
      text += "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      text += "xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_s\(first + index)\" type=\"#\(type)\" "
      text += "style=\"position:absolute;margin-left:80pt;margin-top:2pt;width:230pt;height:\(height * 13)pt;"
      text += "z-index:\(index + 1);visibility:hidden\" fillcolor=\"#fffbe6\" o:insetmode=\"auto\">"
      text += "<v:fill color2=\"#fffbe6\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>"
      text +=
        "<v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\">"
      text += "</div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
      text +=
        "<x:Anchor>\(column + 1), 15, \(max(row - 1, 0)), 4, \(column + 5), 15, \(max(row - 1, 0) + height), 4</x:Anchor>"
      text +=
        "<x:AutoFill>False</x:AutoFill><x:Row>\(row)</x:Row><x:Column>\(column)</x:Column></x:ClientData></v:shape>"
    }
    return text
  }
}
