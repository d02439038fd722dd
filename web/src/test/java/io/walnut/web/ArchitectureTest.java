package io.walnut.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "io.walnut.web", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLE = slices().matching("io.walnut.web.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule RESOURCES_DELEGATE = noClasses().should().dependOnClassesThat()
        .areAssignableTo(EntityManager.class);

    @ArchTest
    static final ArchRule RESOURCES_LIVE_FOR_ONE_REQUEST = classes().that().areAnnotatedWith(Path.class)
        .should().beAnnotatedWith(RequestScoped.class);
}
