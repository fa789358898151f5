import ArgumentParser

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Data models: what a programme's data mean.",
    subcommands: [
      ModelListCommand.self, ModelShowCommand.self, ModelCheckCommand.self, ModelImportCommand.self,
      ModelDiffCommand.self, ModelAdoptCommand.self, ModelVersionsCommand.self, ModelDocsCommand.self,
      ModelTemplateCommand.self, ModelFormCommand.self,
    ])
}
