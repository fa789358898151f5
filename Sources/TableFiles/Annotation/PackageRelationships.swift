/// Additions to the parts of a package that say what it is made of.
enum PackageRelationships {
  static let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The relationships of a part: what it points at, by identifier.
  static func name(of part: String) -> String {
    var path = part.split(separator: "/").map(String.init)
    let name = path.popLast() ?? ""
    return (path + ["_rels", name + ".rels"]).joined(separator: "/")
  }

  static func folder(of part: String) -> String { part.split(separator: "/").dropLast().joined(separator: "/") }

  /// A part of relationships with more of them; a new one when there was none.
  static func adding(_ items: [(id: String, type: String, target: String)], to part: [UInt8]?) -> [UInt8] {
    let part =
      part
      ?? Array(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
          .utf8)
    return inserting(into: part) { prefix in
      items.map {
        "<\(prefix)Relationship Id=\"\($0.id)\" Type=\"\(namespace)/\($0.type)\" Target=\"\($0.target)\"/>"
      }.joined()
    }
  }

  /// The list of content types with the parts that were added.
  static func adding(types: [(part: String, type: String)], needsDrawing: Bool, to part: [UInt8]) -> [UInt8] {
    let hasDrawing = part.withUnsafeBufferPointer { bytes in
      var scanner = MarkupScanner(bytes)
      while let tag = scanner.next() {
        if scanner.isNamed("Default", tag), scanner.value("Extension", of: tag)?.lowercased() == "vml" { return true }
      }
      return false
    }
    return inserting(into: part) { prefix in
      var markup = ""
      if needsDrawing, !hasDrawing {
        markup +=
          "<\(prefix)Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
      }
      for (name, type) in types {
        markup +=
          "<\(prefix)Override PartName=\"/\(name)\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.\(type)+xml\"/>"
      }
      return markup
    }
  }

  /// Puts markup before the close of the outermost element.
  private static func inserting(into part: [UInt8], _ markup: (_ prefix: String) -> String) -> [UInt8] {
    part.withUnsafeBufferPointer { bytes in
      var scanner = MarkupScanner(bytes)
      guard let root = scanner.next() else { return part }
      let prefix = scanner.prefix(of: root)
      var editor = MarkupEditor(bytes)
      if root.kind == .empty {
        editor.copy(upTo: root.attributes.upperBound)
        editor.write(">" + markup(prefix) + "</\(prefix)\(scanner.string(root.name))>")
        editor.leaveOut(upTo: root.range.upperBound)
        return editor.finish()
      }
      while let tag = scanner.next() {
        if tag.kind == .close {
          editor.copy(upTo: tag.range.lowerBound)
          editor.write(markup(prefix))
          break
        }
        _ = scanner.skip(tag)
      }
      return editor.finish()
    }
  }
}
