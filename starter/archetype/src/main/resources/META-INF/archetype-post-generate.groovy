// Files of an archetype come without their permissions, and a .gitignore not at all.
def project = new File(request.outputDirectory, request.artifactId)
new File(project, "mvnw").setExecutable(true)
new File(project, "gitignore").renameTo(new File(project, ".gitignore"))
